import '#tests/oracle/oracle.test.ts';
