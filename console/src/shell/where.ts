/** The operations API, and so what there is to be seen, stands beside the console. */
export const apiRoot = new URL('../', document.baseURI);

/** `hooklane console` serves a deployment below a token; the local cloud serves its own console at its root. */
export const isLocalCloud = apiRoot.pathname === '/';
