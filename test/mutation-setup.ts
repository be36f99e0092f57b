import * as fc from 'fast-check';

// Stryker cannot print the error that a failed property carries as its cause, and takes that for a crash of its own.
fc.configureGlobal({ includeErrorInReport: true });
