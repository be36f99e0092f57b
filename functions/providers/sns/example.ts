import { sns } from './preset.ts';

/** As a user would configure it; no sample, since only the provider itself can sign. */
export const snsExample = sns({ topicArns: ['arn:aws:sns:us-east-1:123456789012:orders'] });
