/** Of Hooklane, when the console was built. */
declare const CONSOLE_VERSION: string;
