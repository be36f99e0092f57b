/** The part of a source that its lanes need to know. */
export interface LaneRules {
  readonly onExhausted: 'continue' | 'hold';
  readonly holdForSeconds?: number;
  readonly sequence: boolean;
  readonly start: 1 | 'first-seen';
  readonly version: boolean;
  readonly after: Readonly<Record<string, readonly string[]>>;
  readonly gapTimeoutSeconds: number;
  readonly onGap: 'run' | 'fail';
}

const defaultGapTimeoutSeconds = 3600;

/** What a source says of its lanes. */
export interface LaneOptions {
  readonly onExhausted: 'continue' | 'hold';
  readonly holdForSeconds?: number | undefined;
  readonly order?:
    | {
        readonly sequence?: unknown;
        readonly start?: 1 | 'first-seen';
        readonly version?: unknown;
        readonly after?: Readonly<Record<string, readonly string[]>>;
        readonly gapTimeoutSeconds?: number;
        readonly onGap?: 'run' | 'fail';
      }
    | undefined;
}

/** The same, with the defaults of the order rules filled in. */
export function laneRules(options: LaneOptions): LaneRules {
  const { onExhausted, holdForSeconds, order = {} } = options;
  return {
    onExhausted,
    ...(holdForSeconds === undefined ? {} : { holdForSeconds }),
    sequence: order.sequence !== undefined,
    start: order.start ?? 1,
    version: order.version !== undefined,
    after: order.after ?? {},
    gapTimeoutSeconds: order.gapTimeoutSeconds ?? defaultGapTimeoutSeconds,
    onGap: order.onGap ?? 'run',
  };
}

/** Whether other types wait for this one. */
export const isPrerequisite = (type: string, rules: LaneRules): boolean =>
  Object.values(rules.after).some((types) => types.includes(type));
