// Makes the breaks of the lists one by one, each in a copy of the tree, and prints what the tests noticed.
import type { Mutant } from "../mutant.ts";
import { brokenText, faultsOf, readMutants, testFileOf, testNameOf } from "./list.ts";
import { copyTree, type Tree } from "./tree.ts";
import { type Trial, tryTests } from "./trial.ts";

const AT_ONCE = 2;
const ENOUGH = 97;
/** A break may make a test wait until its time is up: so much longer than without it, nobody waits. */
const PATIENCE = { times: 5, more: 20_000 };

const trees: Tree[] = [];

async function run(filter: string): Promise<number> {
  const wanted = (await readMutants()).filter(({ what, file }) =>
    filter.split("|").some((part) => `${file} ${what}`.includes(part)),
  );
  const faults = faultsOf(wanted);
  if (faults.length > 0) return say(faults.concat("The list is not up to date with the code."), 1);
  const tried = wanted.filter(({ equivalent }) => equivalent === undefined);
  if (tried.length === 0) return say(["There is no such break."], 1);
  for (let at = 0; at < AT_ONCE; at += 1) trees.push(copyTree());
  const { faults: red, took } = await withoutBreak(trees[0] as Tree, tried);
  if (red.length > 0) return say(red, 1);
  for (const { file, what, equivalent } of wanted)
    if (equivalent !== undefined) console.log(`no break    ${file}: ${what} (${equivalent})`);
  const caught = await tryAll(tried, took);
  console.log(`${caught} caught, ${tried.length - caught} not caught`);
  const percent = (caught / tried.length) * 100;
  console.log(`${percent.toFixed(1)} %`);
  return percent >= ENOUGH ? 0 : 1;
}

function say(lines: string[], code: number): number {
  for (const line of lines) console.error(line);
  return code;
}

/** Each test once, where nothing is broken. @returns what is the matter, and how long each file took. */
async function withoutBreak(tree: Tree, mutants: Mutant[]): Promise<{ faults: string[]; took: Map<string, number> }> {
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  const files = new Set(tests.filter((test) => testNameOf(test) === null));
  const single = tests.filter((test) => !files.has(testFileOf(test)));
  const trials: Trial[] = [];
  for (const some of [[...files], single])
    if (some.length > 0) trials.push(await tryTests(tree, some, { atOnce: AT_ONCE }));
  const red = trials.flatMap((trial) => trial.red).map((name) => `red without any break: ${name}`);
  const names = trials.flatMap((trial) => trial.names);
  const unknown = tests.filter((test) => !names.some((name) => name.includes(testNameOf(test) ?? "")));
  return {
    faults: red.length > 0 ? red : unknown.map((test) => `there is no such test: ${test}`),
    took: new Map(trials.flatMap((trial) => [...trial.took])),
  };
}

/** @returns how many were noticed. */
async function tryAll(mutants: Mutant[], took: Map<string, number>): Promise<number> {
  const left = [...mutants];
  let caught = 0;
  const work = async (tree: Tree) => {
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const { file, what, tests } = mutant;
      const usual = [...new Set(tests.map(testFileOf))].reduce((sum, test) => sum + (took.get(test) ?? 0), 0);
      const within = usual * PATIENCE.times + PATIENCE.more;
      const began = performance.now();
      const trial = await tree.withText(file, brokenText(mutant), () => tryTests(tree, tests, { bail: 1, within }));
      const noticed = isNoticed(mutant, trial);
      if (noticed) caught += 1;
      const seconds = Math.round((performance.now() - began) / 1000);
      console.log(`${noticed ? "caught     " : "not caught "} ${seconds} s ${file}: ${what} (${howOf(trial)})`);
    }
  };
  await Promise.all(trees.map(work));
  return caught;
}

const isNoticed = ({ wontBegin }: Mutant, trial: Trial): boolean =>
  trial.endless || (trial.red.length > 0 && (!trial.wontBegin || wontBegin !== undefined));

function howOf({
  endless,
  wontBegin,
  ran,
  red: [first = ran > 0 ? "all is green" : "no test was run"],
}: Trial): string {
  if (endless) return "the tests did not end";
  return wontBegin ? `no test failed, but ${first}` : first;
}

// Who is ended ends what it has begun.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.once("exit", () => {
  for (const tree of trees) tree.remove();
});
process.exitCode = await run(process.argv[2] ?? "");
