import { vi } from 'vitest';

/** The time in all tests of providers. Whole seconds: some packages count no finer. */
export const now = new Date('2026-03-01T12:00:00Z');

/** Most packages look at the clock themselves. Run before each test file of a provider. */
vi.useFakeTimers({ toFake: ['Date'], now });
