import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Log } from '../api/handler.ts';

/** A line is paid for by the byte. CloudWatch has its time, and its log group is of one function. */
class ShortLines extends LogFormatter {
  formatAttributes({ logLevel: level, message }: UnformattedAttributes, fields: LogAttributes): LogItem {
    return new LogItem({ attributes: { level, message } }).addAttributes(fields);
  }
}

/** JSON lines by Powertools, as handlers see them. */
export function powertoolsLog(serviceName: string): Log {
  const logger = new Logger({ serviceName, logFormatter: new ShortLines() });
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
