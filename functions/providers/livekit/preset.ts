import { preset } from '../preset.ts';
import { jwt } from '../../signatures/jwt.ts';

export interface LivekitEvent {
  readonly id: string;
  /** `room_started`, `participant_joined`, … */
  readonly event: string;
  /** Whole seconds, written as a text. */
  readonly createdAt?: string;
  readonly room?: { readonly name?: string; readonly [field: string]: unknown };
  readonly egressInfo?: { readonly roomName?: string; readonly [field: string]: unknown };
  readonly ingressInfo?: { readonly ingressId?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** LiveKit. Lane: the room. */
export const livekit = preset<LivekitEvent>(
  {
    name: 'livekit',
    title: 'LiveKit',
    page: 'https://docs.livekit.io/home/server/webhooks/',
    confidence: 'documentation',
    secret: 'the API secret',
    version: 'createdAt',
  },
  {
    verify: jwt({
      name: 'livekit',
      from: 'header:authorization',
      algorithm: 'HS256',
      mustExpire: true,
      bodySha256: 'sha256',
      bodySha256Encoding: 'base64',
    }),
    id: 'id',
    type: 'event',
    lane: ({ body }) => body.room?.name ?? body.egressInfo?.roomName ?? body.ingressInfo?.ingressId,
  },
);
