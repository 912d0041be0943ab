import '#tests/oracle/flips.test.ts';
