import '#tests/matrix/matrix.test.ts';
