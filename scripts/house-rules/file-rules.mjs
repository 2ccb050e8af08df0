/** House rules about files as wholes: their names, what must stand beside them, what they may lean on. */

const sources = (file) => /^packages\/[^/]+\/src\/.+\.ts$/.test(file) && !/\.(test|contract)\.ts$/.test(file);
const at = (file, text) => ({ file, line: 1, text });

/** @type {import("./tree.mjs").HouseRule[]} */
export const fileRules = [
  {
    id: "file-name",
    why: "a file is named, in kebab-case, after the one thing it exports; utils, helpers, common and types name nothing",
    *check(tree) {
      for (const file of tree.files) {
        if (!/^(packages|scripts|bench|conformance)\/.*\.(ts|mjs)$/.test(file)) continue;
        const name = file
          .split("/")
          .at(-1)
          .replace(/(\.test|\.contract|\.config|\.examples|\.d)?\.(ts|mjs)$/, "");
        if (/^(utils?|helpers?|common|types?|misc)$/.test(name)) yield at(file, `says nothing: ${name}`);
        else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) yield at(file, `not kebab-case: ${name}`);
      }
    },
  },
  {
    id: "file-without-purpose",
    why: "the first comment of a file says what it owns and what not; who opens it should not have to guess",
    *check(tree) {
      for (const file of tree.files.filter(sources)) {
        if (file.endsWith("/index.ts")) continue;
        const beforeCode = tree
          .read(file)
          .split(/^(?:export )?(?:async )?(?:const|let|function|class|interface|type) /m)[0];
        if (!/\/\*\*|^\/\/ /m.test(beforeCode)) yield at(file, "no comment before the first declaration");
      }
    },
  },
  {
    id: "one-of-a-kind-without-test",
    why: "each frame, fault, balancer and entry stands alone, so its test stands beside it; faults of one kind share a file",
    *check(tree) {
      for (const file of tree.files) {
        const [, room, fault] = /^(packages\/lab\/src\/fault\/(?:frames|bytes|tls))\/([a-z-]+)\.ts$/.exec(file) ?? [];
        if (room !== undefined) {
          const maker = `faults.${fault.replaceAll(/-[a-z]/g, (pair) => pair.charAt(1).toUpperCase())}(`;
          if (!tree.read(`${room}.test.ts`).includes(maker)) yield at(file, `no ${maker}…) in ${room}.test.ts`);
        }
        if (!/\/(frame|balance|entries)\/[^/]+\.ts$/.test(file) || !sources(file)) continue;
        // A file of types alone is a contract; those who fulfil it are tested.
        if (file.endsWith("/index.ts") || !/^export (async )?(function|const|class)/m.test(tree.read(file))) continue;
        if (!hasTest(tree, file)) yield at(file, "no test beside it");
      }
    },
  },
  {
    id: "state-without-walk",
    why: "a `-state.ts` is a pure machine: it exports a step function or a table, and a test walks every state",
    *check(tree) {
      for (const file of tree.files) {
        if (!/-state\.ts$/.test(file) || !sources(file)) continue;
        if (!hasTest(tree, file)) yield at(file, "no test beside it");
        if (!/export (function step\w*|const \w*[tT]able\b|function \w+Step\b)/.test(tree.read(file))) {
          yield at(file, "exports neither `step…` nor a table");
        }
      }
    },
  },
  {
    id: "more-than-one-immediate",
    why: "the world drains microtasks in one place; a second setImmediate would be a second order of events",
    *check(tree) {
      let seen = 0;
      for (const file of tree.files) {
        if (!file.startsWith("packages/grpc/src/sim/") || !sources(file)) continue;
        for (const [index, text] of tree.read(file).split("\n").entries()) {
          if (!/\bsetImmediate\(/.test(text) || /^\s*(\*|\/\/)/.test(text)) continue;
          if (++seen > 1) yield { file, line: index + 1, text: text.trim() };
        }
      }
    },
  },
  {
    id: "dependency-not-pinned",
    why: "the versions are part of the source: today's latest of several tools do not work together",
    *check(tree) {
      for (const file of tree.files.filter((name) => /(^|\/)package\.json$/.test(name))) {
        const manifest = JSON.parse(tree.read(file));
        for (const field of ["dependencies", "devDependencies", "optionalDependencies"]) {
          for (const [name, version] of Object.entries(manifest[field] ?? {})) {
            if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) yield at(file, `${field}: ${name} ${version}`);
          }
        }
      }
    },
  },
  {
    id: "decision-without-parts",
    why: "a decision has the gRFC's five parts and fits on a page, or nobody reads why",
    *check(tree) {
      for (const file of tree.files.filter((name) => /^docs\/decisions\/\d{4}-.+\.md$/.test(name))) {
        const text = tree.read(file);
        for (const part of ["Abstract", "Background", "Proposal", "Rationale", "Implementation"]) {
          if (!text.includes(`\n## ${part}\n`)) yield at(file, `no part "${part}"`);
        }
        const lines = text.split("\n").length;
        if (lines > 70) yield at(file, `${lines} lines are more than a page`);
      }
    },
  },
];

function hasTest(tree, file) {
  return tree.files.includes(file.replace(/\.ts$/, ".test.ts"));
}
