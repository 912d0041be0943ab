import '#tests/slice.test.ts';
import '#tests/outcomes/outcomes.test.ts';
import '#tests/feed/feed.test.ts';
import '#tests/tokens/tokens.test.ts';
import '#tests/security/open-media.test.ts';
import '#tests/security/private-media.test.ts';
import '#tests/pages/leaving.test.ts';
import '#tests/outcomes/once.test.ts';
