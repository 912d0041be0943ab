import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENT_TOPICS } from '#contracts/events/topics.ts';
import { loadConfig } from '#platform/config/config.ts';
import { createEventTopics } from './topics.ts';

const configOf = (url: string | undefined) =>
  loadConfig({ env: url === undefined ? {} : { PLAZA_EVENT_BUS_URL: url } });

test('the topics of all events are created once, and stay as they are', async () => {
  const config = configOf(`kafka://${process.env.PLAZA_TEST_KAFKA}`);
  const first = await createEventTopics(config);
  for (const { name } of EVENT_TOPICS)
    assert.ok(
      first.some((line) => line.startsWith(`${name} `)),
      name,
    );
  for (const line of (await createEventTopics(config)).slice(2)) assert.match(line, / {2}there$/);
});

test('without a Kafka, or without its brokers, the command says what is wrong and never the password', async () => {
  await assert.rejects(createEventTopics(configOf(undefined)), /PLAZA_EVENT_BUS_URL/);
  const away = createEventTopics(configOf('kafka://anna:s3cret@127.0.0.1:1'));
  await assert.rejects(away, (error: Error) => /ECONNREFUSED/.test(error.message) && !error.message.includes('s3cret'));
});
