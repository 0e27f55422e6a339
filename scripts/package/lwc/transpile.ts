// The TypeScript of a component as the JavaScript that an org runs: types are taken away, and nothing else changes. And what
// can be read in the text: its imports, and what its class offers.
import ts from 'typescript';

export interface Transpiled {
  code: string;
  /** What is wrong with the text itself, as `line:column sentence`. Types are checked elsewhere. */
  faults: string[];
}

/** By file name and text: a package that is read again is mostly what it was. */
const transpiled = new Map<string, Transpiled>();
const imports = new Map<string, readonly string[]>();

/** @param name of the file, for the parser */
export function transpile(name: string, typescript: string): Transpiled {
  return once(transpiled, name, typescript, transpileAnew);
}

function once<T>(known: Map<string, T>, name: string, text: string, make: (name: string, text: string) => T): T {
  const key = `${name}\n${text}`;
  const made = known.get(key) ?? make(name, text);
  known.set(key, made);
  return made;
}

function transpileAnew(name: string, typescript: string): Transpiled {
  const { outputText, diagnostics = [] } = ts.transpileModule(typescript, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: {
      // The platform's compiler takes decorators and class fields as they are written, and turns them into its own.
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: false,
      verbatimModuleSyntax: true,
    },
  });
  return { code: outputText, faults: diagnostics.map(faultOf) };
}

function faultOf({ file, start, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file || start === undefined) return message;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${line + 1}:${character + 1} ${message}`;
}

/** The modules that a JavaScript or TypeScript text imports, types left out. */
export function importsOf(name: string, text: string): readonly string[] {
  return once(imports, name, text, readImports);
}

function readImports(name: string, text: string): string[] {
  // Types are gone after this, and with them the imports that bring only types.
  const { code } = transpile(name, text);
  return ts.preProcessFile(code, true, true).importedFiles.map((file) => file.fileName);
}

/** Members of a class that others can set or call: those with the decorator `@api`. */
export function publicMembers(name: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassElement(node) && ts.canHaveDecorators(node)) {
      const isPublic = ts.getDecorators(node)?.some(({ expression }) => expression.getText() === 'api');
      if (isPublic && node.name) found.push(node.name.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true));
  return [...new Set(found)];
}
