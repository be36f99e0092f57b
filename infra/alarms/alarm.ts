/** A metric of a part of the stack, as CloudWatch names it. */
export interface MetricOf {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
}

/** One alarm as data: what it looks at, when it fires, and what it tells to whom. */
export interface AlarmSpec {
  /** Its section of `docs/runbook.md`; two alarms of sources share one. */
  readonly section: string;
  /** Behind the section, where there are several. */
  readonly of?: string;
  /** What is wrong, for whom. */
  readonly says: string;
  /** By the name that the expression uses. */
  readonly metrics: Readonly<Record<string, MetricOf>>;
  /** CloudWatch metric math over them: one number a period. */
  readonly expression: string;
  readonly fires: { readonly when: 'at least' | 'below'; readonly threshold: number };
  readonly periodSeconds: number;
  /** Fires when so many of the last so many periods are bad; recovers when they no longer are. */
  readonly periods: { readonly bad: number; readonly of: number };
  /** What a period without data is taken for. Default `good`. */
  readonly missing?: 'good' | 'bad';
}
