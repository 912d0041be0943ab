import { generate } from 'lean-qr';
import { toSvgDataURL } from 'lean-qr/extras/svg';
import Type from 'typebox';
import { withProof } from '../../access/proof.ts';
import { json } from '../../http/answer.ts';
import { Text } from '../../params/types.ts';
import { route } from '../../route.ts';
import { FIRST_PARTY } from './first-party.ts';

export const beginSecondFactor = route({
  ...FIRST_PARTY,
  method: 'POST',
  url: '/api/plaza/v1/second_factor',
  summary: 'A secret for an authenticator app, which counts once a code of it was given',
  body: Type.Object({ password: Text(500) }),
  response: 'SecondFactorSecret',
  rateLimit: 'sign-in',
  async handle({ body, context }, { services }) {
    const begun = await withProof(() => services.authentication.beginSecondFactor(body, context));
    return json({ secret: begun.secret, uri: begun.uri, qr: toSvgDataURL(generate(begun.uri)) });
  },
});
