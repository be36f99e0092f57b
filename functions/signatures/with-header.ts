import type { VerifiableRequest } from './verifiable-request.ts';

/** For samples whose signature data cannot describe. The name in lower case. */
export function withHeader(request: VerifiableRequest, name: string, value: string): VerifiableRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}
