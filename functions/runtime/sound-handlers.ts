import handlers from '#handlers';
import { refuseMistakes } from '../api/config-error.ts';

refuseMistakes(handlers);

/** The application's handlers, with its configuration: what the processor alone loads. */
export default handlers;
