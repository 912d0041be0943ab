import Type from 'typebox';
import { CALLED_SERVICES, type CalledService } from './service-names.ts';
import { port, setting, text } from './setting.ts';

const PROCESSES = 'Services as processes of their own';

const address = (service: string) =>
  setting(Type.Optional(text()), {
    group: PROCESSES,
    form: 'web-address',
    defaultText: 'from `PLAZA_SERVICE_URL`',
    description: `Where the ${service} service is found.`,
    mend: `use scheme, host and port, such as http://${service}:3100`,
  });

/** `postUrl` and its like, one for each service that is called. */
const ADDRESSES = Object.fromEntries(CALLED_SERVICES.map((service) => [`${service}Url`, address(service)])) as Record<
  `${CalledService}Url`,
  ReturnType<typeof address>
>;

/** What concerns `plaza service <name>`: one service in a process, the others elsewhere. */
export const PROCESS_SETTINGS = {
  serviceUrl: setting(Type.Optional(text()), {
    group: PROCESSES,
    form: 'service-pattern',
    description:
      'Where services are found, with `{service}` in the place of a name: `http://{service}.plaza.svc:3100`. A name that stands for several processes is fine.',
    mend: 'use scheme, host and port with {service} in them, such as http://{service}:3100',
  }),
  ...ADDRESSES,
  serviceHost: setting(text(255), {
    group: PROCESSES,
    default: '127.0.0.1',
    description:
      'The address on which a service takes calls of the others. Never one that the public reaches; whoever has no `PLAZA_CALL_SECRET` is refused all the same.',
    mend: 'use an address of this machine, such as 127.0.0.1 or 0.0.0.0',
  }),
  servicePort: setting(port(), {
    group: PROCESSES,
    default: 3100,
    description: 'The port on which a service takes calls of the others. `0` takes any free port.',
    mend: 'use a port number from 0 to 65535',
  }),
  callSecret: setting(Type.Optional(Type.String({ minLength: 32, maxLength: 200 })), {
    group: PROCESSES,
    secret: true,
    defaultText: 'made from `PLAZA_OPERATOR_KEY`',
    description: 'By it services know each other: the same for all processes. Whoever has it may speak for anybody.',
    mend: 'use 32 characters or more, such as the output of: openssl rand -hex 32',
  }),
  processUrls: setting(Type.Array(text(), { maxItems: 1_000 }), {
    group: PROCESSES,
    default: [],
    defaultText: 'none',
    form: 'web-address',
    description:
      'For `plaza events drain`: where all processes have their `PLAZA_METRICS_PORT`, separated by commas. A name that stands for several processes is asked at each of them.',
    mend: 'use addresses such as http://post:9464, separated by commas',
  }),
  stopDelaySeconds: setting(Type.Integer({ minimum: 0, maximum: 600 }), {
    group: PROCESSES,
    default: 0,
    description:
      'How long a process that was told to stop says "not ready" and goes on serving, so that load balancers leave it alone before it closes.',
    mend: 'use whole seconds from 0 to 600: a little more than the load balancer takes to notice',
  }),
};
