const RealDate = Date;

/** From now on this process's clock is ahead by what `aheadMs` says at each look. Called before the code under test is imported. */
export function makeClockLate(aheadMs: () => number): void {
  // Class fields and other statics of Date are not needed by the code under test.
  class LaterDate extends RealDate {
    constructor(...args: [] | [number | string | Date]) {
      if (args.length === 0) super(LaterDate.now());
      else super(args[0]);
    }
    static override now(): number {
      return RealDate.now() + aheadMs();
    }
  }
  Object.defineProperty(globalThis, 'Date', { value: LaterDate });
}
