import { json, type Happenings } from '../happenings.ts';

const statusOf = (participant: string) =>
  json({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '9' },
              statuses: [
                {
                  id: 'wamid.1',
                  status: 'read',
                  timestamp: '1772366400',
                  recipient_id: 'group',
                  recipient_type: 'group',
                  recipient_participant_id: participant,
                },
              ],
            },
          },
        ],
      },
    ],
  });

export const metaHappenings: Happenings = {
  id: 'that of the message; of a status message, status and participant; of other changes the digest of the bytes',
  differ: 'the id; of a group’s message whose status it is; else the time, in milliseconds or seconds',
  repeats: 'two changes of a page or an account that are equal to the byte within one second',
  first: statusOf('a'),
  second: statusOf('b'),
  sameLane: [
    json({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: { metadata: { phone_number_id: '9' }, messages: [{ id: 'wamid.2', from: 'group' }] },
            },
          ],
        },
      ],
    }),
  ],
};
