// A break that the tests must notice: one small change of one file, and the tests that turn red by it.
export interface Mutant {
  /** What is broken, as whoever reads the list would say it. */
  what: string;
  file: string;
  /** Stands exactly once in the file. */
  from: string;
  to: string;
  /** Files of tests, each with a part of a test's name behind " > " where that one alone is meant. */
  tests: string[];
  /** Why it is no break: nothing could notice it. It is not tried, and not counted. */
  equivalent?: string;
  /** Why a file of tests cannot even begin with it, where that is what gives it away. */
  wontBegin?: string;
}
