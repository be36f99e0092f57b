import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface BoxEvent {
  readonly id: string;
  /** `FILE.UPLOADED`, … */
  readonly trigger: string;
  readonly created_at: string;
  readonly source?: {
    readonly id?: string;
    readonly type?: string;
    /** The file or folder of a comment, a task or a collaboration. */
    readonly item?: { readonly id?: string; readonly [field: string]: unknown } | null;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Box webhooks V2, signed with a primary and a secondary key. Lane: the file or folder. */
export const box = preset<BoxEvent>(
  {
    name: 'box',
    title: 'Box',
    page: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
    confidence: 'library',
    secret: 'the primary or the secondary signature key of the app',
    version: 'created_at',
  },
  {
    verify: signature({
      name: 'box',
      algorithm: 'hmac-sha256',
      from: ['header:box-signature-primary', 'header:box-signature-secondary'],
      encoding: 'base64',
      signed: ['{body}{timestamp}', '{bodyEscapedSlashes}{timestamp}'],
      // Box's library takes nothing from the future; a minute is for clocks that differ.
      timestamp: {
        from: 'header:box-delivery-timestamp',
        unit: 'iso',
        toleranceSeconds: 600,
        futureSeconds: 60,
      },
    }),
    id: 'id',
    type: 'trigger',
    lane: ({ body: { source } }) => source?.item?.id ?? source?.id,
  },
);
