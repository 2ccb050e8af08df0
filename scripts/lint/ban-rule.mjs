/** Makes one ESLint rule from one row of `bans.mjs`. Where it applies is the business of the configuration. */
import path from "node:path";
import { visitImports } from "./visit-imports.mjs";

export function banRule(ban) {
  return {
    meta: { type: "problem", schema: [], messages: { banned: "{{what}} is not for this layer: {{because}}." } },
    create(context) {
      const report = (node, what) =>
        context.report({ node, messageId: "banned", data: { what, because: ban.because } });
      if (ban.imports !== undefined) return importVisitor(ban, context, report);
      if (ban.throws !== undefined) return throwVisitor(ban, report);
      return globalVisitor(ban, context, report);
    },
  };
}

function importVisitor(ban, context, report) {
  const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
  const dynamicIsFine = (ban.dynamicIn ?? []).some((folder) => file.startsWith(folder));
  return visitImports((node, specifier, { isType, isDynamic }) => {
    // A type of a package that is loaded on demand costs nothing at run time.
    if (ban.dynamicIn !== undefined && (isType || (isDynamic && dynamicIsFine))) return;
    if (ban.imports.test(specifier)) report(node, `"${specifier}"`);
  });
}

function throwVisitor(ban, report) {
  return {
    ThrowStatement(node) {
      const thrown = node.argument;
      if (thrown.type === "NewExpression" && ban.throws.includes(thrown.callee.name)) return;
      report(node, "This throw");
    },
  };
}

/** Looks at uses of names that no scope of the file declares, straight or as a member of `globalThis`. */
function globalVisitor(ban, context, report) {
  return {
    "Program:exit"(program) {
      for (const identifier of globalUses(context.sourceCode.getScope(program))) {
        const use = identifier.name === "globalThis" ? identifier.parent : identifier;
        for (const what of namesOf(identifier.name === "globalThis" ? memberName(use) : identifier.name, use)) {
          if (ban.globals.includes(what)) report(identifier, `\`${what}\``);
        }
      }
    },
  };
}

function* globalUses(scope) {
  for (const reference of scope.references) {
    const declared = (reference.resolved?.defs.length ?? 0) > 0;
    // The TypeScript parser marks uses as a type; a type does nothing at run time.
    if (!declared && reference.isTypeReference !== true) yield reference.identifier;
  }
  for (const child of scope.childScopes) yield* globalUses(child);
}

/** `Date` used as `Date.now` is both `Date` and `Date.now`; called or constructed without arguments it has a third name. */
function* namesOf(name, node) {
  if (name === undefined) return;
  yield name;
  const { parent } = node;
  const isObject = parent.type === "MemberExpression" && parent.object === node;
  if (isObject) yield `${name}.${memberName(parent)}`;
  if (parent.type === "NewExpression" && parent.callee === node && parent.arguments.length === 0) yield `new ${name}()`;
  if (parent.type === "CallExpression" && parent.callee === node && parent.arguments.length === 0) yield `${name}()`;
  // `const { now } = Date` takes the member out before it is called.
  if (parent.type === "VariableDeclarator" && parent.init === node && parent.id.type === "ObjectPattern") {
    for (const property of parent.id.properties) if (property.key !== undefined) yield `${name}.${property.key.name}`;
  }
}

function memberName(member) {
  if (member?.type !== "MemberExpression") return undefined;
  return member.computed ? member.property.value : member.property.name;
}
