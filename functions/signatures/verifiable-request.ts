/** What verifiers and handshakes see of a request. */
export interface VerifiableRequest {
  readonly method: string;
  /** Path as it came, undecoded. */
  readonly path: string;
  /** Query string as it came, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case; a repeated header is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address registered with the provider. */
  readonly publicUrl?: string;
  /** Whom the request came from, as the gateway saw it. */
  readonly sourceIp?: string;
  /** The ARN of whoever signed the request for IAM, as API Gateway has verified it. */
  readonly caller?: string;
}
