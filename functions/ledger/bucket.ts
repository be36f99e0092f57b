import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from './body-store.ts';

/** Large bodies in a bucket. */
export function bucketObjects(s3: Pick<S3Client, 'send'>, bucket: string): ObjectStore {
  return {
    async put(key, data) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: data }));
    },
    async get(key) {
      try {
        const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
