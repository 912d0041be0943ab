/** What does not run on a cluster of processes, by the name under which it is registered, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'the next read is right, with a cache that loses half and fails at times':
    'it puts a cache that forgets between the services and theirs, which can be done within a process only',
};

const ONE_GATEWAY =
  'what the gateway does with such requests before it asks anybody; in front of a cluster the balancer refuses some of them in its own words';
const PAGES =
  'settings that no other test of the whole has, for each of which the processes would have to be started anew';
const SERVER = 'it starts a server of its own, which the settings of the processes have to name before they start';

/** The same for whole files. */
export const LEFT_OUT_FILES: Readonly<Record<string, string>> = {
  'tests/clients/sweep/answers.test.ts': 'it compares the shapes of answers, which the gateway alone makes',
  'tests/clients/sweep/login.test.ts':
    'it asks the gateway for addresses; the client flows ask for them on the cluster',
  'tests/feed/remembered.test.ts': 'answers are remembered only where one process has its data to itself',
  'tests/hostile/addresses.test.ts': ONE_GATEWAY,
  'tests/hostile/bodies.test.ts': ONE_GATEWAY,
  'tests/hostile/shapes.test.ts': ONE_GATEWAY,
  'tests/hostile/text.test.ts': ONE_GATEWAY,
  'tests/hostile/uploads.test.ts': ONE_GATEWAY,
  'tests/hostile/wire.test.ts': ONE_GATEWAY,
  'tests/operating/backup.cluster.test.ts': 'it restores into engines that are empty',
  'tests/operating/backup.test.ts': 'it backs up a data folder; the backup of a cluster has tests of its own',
  'tests/operating/migrate.test.ts': 'it steps through a migration at fault points within the process',
  'tests/operating/operator.test.ts': 'it speaks to the control socket of a data folder',
  'tests/oracle/forgetful.test.ts': 'it puts a cache that forgets and a watched bus between the services and theirs',
  'tests/pages/accounts.browser.test.ts': 'pages in a browser, which the gateway alone makes',
  'tests/pages/consent.browser.test.ts': 'pages in a browser, which the gateway alone makes',
  'tests/pages/hostile.browser.test.ts': PAGES,
  'tests/pages/looks.browser.test.ts': PAGES,
  'tests/pages/mail.test.ts': SERVER,
  'tests/pages/oauth.test.ts': 'pages, which the gateway alone makes',
  'tests/pages/open-pages.test.ts': 'pages, which the gateway alone makes; the oracle looks at them on the cluster',
  'tests/pages/open.browser.test.ts': 'pages in a browser, which the gateway alone makes',
  'tests/pages/sessions.test.ts': PAGES,
  'tests/pages/social.test.ts': SERVER,
  'tests/processes/away.test.ts': 'it stops services one by one, which `npm run chaos` does to a cluster',
  'tests/processes/leaving.haproxy.test.ts': 'it starts a gateway and a balancer of its own',
  'tests/processes/hanging-service.test.ts': 'it stands in the place of a service',
  'tests/processes/next-version.test.ts': 'it changes what services send on its way between them, within the process',
};
