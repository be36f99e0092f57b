import { defineHandlers } from 'hooklane';
import config from '../hooklane.config.ts';
import { applyPayment } from './orders/apply-payment.ts';

/** The orders example. A source without a handler is stored and settled as `ignored`. */
export default defineHandlers(config, { 'payments/*': applyPayment });
