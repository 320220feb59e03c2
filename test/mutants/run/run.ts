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
  const [first] = trees;
  const tests = [...new Set(tried.flatMap((mutant) => mutant.tests))];
  const whole = first && (await tryTests(first, tests, { atOnce: AT_ONCE }));
  if (!whole || whole.red.length > 0) return say(["Red without any break:", ...(whole?.red ?? [])], 1);
  const unknown = tests.filter((test) => !whole.names.some((name) => name.includes(testNameOf(test) ?? "")));
  if (unknown.length > 0)
    return say(
      unknown.map((test) => `there is no such test: ${test}`),
      1,
    );
  for (const { file, what, equivalent } of wanted)
    if (equivalent !== undefined) console.log(`no break    ${file}: ${what} (${equivalent})`);
  const caught = await tryAll(tried, whole.took);
  console.log(`${caught} caught, ${tried.length - caught} not caught`);
  const percent = (caught / tried.length) * 100;
  console.log(`${percent.toFixed(1)} %`);
  return percent >= ENOUGH ? 0 : 1;
}

function say(lines: string[], code: number): number {
  for (const line of lines) console.error(line);
  return code;
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
