/** The account every local queue belongs to. */
export const localAccount = '000000000000';
const region = 'us-east-1';

export function queueArn(queueName: string): string {
  return `arn:aws:sqs:${region}:${localAccount}:${queueName}`;
}

/** The queue's name is the last part of its ARN and of its URL; a bare name is its own. */
export function queueNameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

export function queueNameOfUrl(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
