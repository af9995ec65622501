// The page's scripts, in which each global `location` and `history` is a stand-in's: a browser lets nobody replace its own.
"use strict";
{
  const { parse } = acorn;
  delete globalThis.acorn;
  const REPLACED = ["location", "history"];
  const WINDOWS = ["window", "self", "globalThis", "top", "parent", "frames"];
  const FUNCTION = /^(Function|ArrowFunction)/;

  // What does not parse stays as it is: the browser says what is wrong with it.
  function rewritten(code, isModule = false) {
    if (!REPLACED.some((name) => code.includes(name))) return code;
    let program;
    try {
      program = parse(code, { ecmaVersion: "latest", sourceType: isModule ? "module" : "script" });
    } catch {
      return code;
    }
    const changes = [];
    walk(program, [], changes);
    return changes.reduceRight((text, [start, end, put]) => text.slice(0, start) + put + text.slice(end), code);
  }

  function walk(node, scopes, changes) {
    const inner = [...scopes, declared(node)];
    const isGlobal = (name) => !inner.some((names) => names.has(name));
    const name = referred(node, isGlobal);
    if (name) changes.push([node.start, node.end, `chatPage.${name}`]);
    else if (node.type === "Property" && node.shorthand) shorthand(node, inner, changes);
    else for (const child of children(node)) walk(child, inner, changes);
  }

  // The name of a global that is replaced, if the node is one: `location`, `window.location`, `document["location"]`.
  function referred(node, isGlobal) {
    if (node.type === "Identifier") return REPLACED.includes(node.name) && isGlobal(node.name) ? node.name : undefined;
    if (node.type !== "MemberExpression") return undefined;
    const name = node.computed ? node.property.value : node.property.name;
    if (!REPLACED.includes(name)) return undefined;
    return isWindow(node.object, isGlobal) || (name === "location" && isDocument(node.object, isGlobal)) ? name : undefined;
  }

  function isWindow(node, isGlobal) {
    if (node.type === "MemberExpression") return !node.computed && WINDOWS.includes(node.property.name) && isWindow(node.object, isGlobal);
    return node.type === "Identifier" && WINDOWS.includes(node.name) && isGlobal(node.name);
  }

  function isDocument(node, isGlobal) {
    if (node.type === "MemberExpression") return node.property.name === "document" && isWindow(node.object, isGlobal);
    return node.type === "Identifier" && node.name === "document" && isGlobal("document");
  }

  // `{ location }` names a property and what it holds in one word.
  function shorthand({ value }, scopes, changes) {
    const found = [];
    walk(value, scopes, found);
    const key = value.left ?? value;
    for (const [start, end, put] of found) changes.push([start, end, start === key.start && end === key.end ? `${key.name}: ${put}` : put]);
  }

  // The nodes in which names may refer to something; others only name properties, labels and what is declared.
  function children(node) {
    const left = new Set();
    if (["MemberExpression", "Property", "MethodDefinition", "PropertyDefinition"].includes(node.type) && !node.computed) {
      left.add(node.property ?? node.key);
    }
    if (node.label) left.add(node.label);
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier") left.add(node.id);
    if (/^(Import|Export).*Specifier$/.test(node.type)) return [];
    return nodes(node).filter((child) => !left.has(child));
  }

  function nodes(node) {
    return Object.values(node)
      .flat()
      .filter((value) => typeof value?.type === "string");
  }

  // The names that a node declares for what is in it.
  function declared(node) {
    if (FUNCTION.test(node.type)) {
      const own = node.type === "FunctionExpression" && node.id ? [node.id.name] : [];
      return new Set([...own, ...node.params.flatMap(bound), ...variables(node.body)]);
    }
    if (node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock") return new Set(node.body.flatMap(lexical));
    if (node.type === "SwitchStatement") return new Set(node.cases.flatMap(({ consequent }) => consequent.flatMap(lexical)));
    if (/^For/.test(node.type)) return new Set(lexical(node.init ?? node.left ?? {}));
    if (node.type === "CatchClause" && node.param) return new Set(bound(node.param));
    if (/^Class/.test(node.type) && node.id) return new Set([node.id.name]);
    return new Set();
  }

  function lexical(node) {
    if (node.type === "VariableDeclaration" && node.kind !== "var") return node.declarations.flatMap(({ id }) => bound(id));
    if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return bound(node.id);
    if (node.type === "ImportDeclaration") return node.specifiers.flatMap(({ local }) => bound(local));
    return node.declaration ? lexical(node.declaration) : [];
  }

  // What `var` and functions declare in a function, however deep in its blocks.
  function variables(node) {
    if (node.type === "FunctionDeclaration") return bound(node.id);
    if (FUNCTION.test(node.type)) return [];
    const own = node.type === "VariableDeclaration" ? node.declarations.flatMap(({ id }) => bound(id)) : [];
    return node.type === "VariableDeclaration" && node.kind !== "var" ? [] : [...own, ...nodes(node).flatMap(variables)];
  }

  // The names in a pattern such as `{ a, b: [c] }`.
  function bound(pattern) {
    switch (pattern?.type) {
      case "Identifier":
        return [pattern.name];
      case "ObjectPattern":
        return pattern.properties.flatMap((property) => bound(property.value ?? property.argument));
      case "ArrayPattern":
        return pattern.elements.flatMap(bound);
      case "AssignmentPattern":
        return bound(pattern.left);
      case "RestElement":
        return bound(pattern.argument);
      default:
        return [];
    }
  }

  parts.rewritten = rewritten;
}
