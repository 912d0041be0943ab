import '#tests/clients/toot.client.test.ts';
import '#tests/clients/masto.test.ts';
import '#tests/clients/mastodon-py.client.test.ts';
