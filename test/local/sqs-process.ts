// A local SQS in a process of its own, to be killed. Arguments: database file. Prints its URL.
import { startSqs } from '../../local/sqs/server.ts';

const { url } = await startSqs({ port: 0, path: process.argv[2] ?? '' });
console.log(url);
