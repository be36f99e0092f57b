import config from '#config';
import { refuseMistakes } from '../api/config-error.ts';

refuseMistakes(config);

/** The application's configuration. A function that imports it does not start where the configuration has mistakes. */
export default config;
