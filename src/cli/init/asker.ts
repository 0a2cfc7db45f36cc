import { Cancelled, UserMistake } from "../../failure.ts";

export interface Asker {
  /** `option` names what answers the question where nobody can be asked. */
  text(question: string, option: string, suggestion?: string): Promise<string>;
  agree(question: string, option: string): Promise<boolean>;
}

/** A person at a terminal. `signal` ends the question. */
export function person(signal: AbortSignal): Asker {
  // On standard error, as everything that is not a result.
  const context = { signal, output: process.stderr };
  return {
    text: async (message, _, suggestion) => {
      const { input } = await import("@inquirer/prompts");
      const config = { message, required: true, ...(suggestion && { default: suggestion }) };
      return (await input(config, context).catch(leave)).trim();
    },
    agree: async (message) => {
      const { confirm } = await import("@inquirer/prompts");
      return confirm({ message, default: false }, context).catch(leave);
    },
  };
}

/** While a question waits, Ctrl-C arrives here as an ordinary key. */
function leave(error: Error): never {
  if (!["ExitPromptError", "AbortPromptError"].includes(error.name)) throw error;
  throw new Cancelled(
    {
      what: "The set-up was cancelled.",
      state: "What it has made stays; run init again to go on.",
    },
    { cause: error },
  );
}

/** Nobody can be asked: what is missing is a mistake that names its option. */
export const nobody: Asker = {
  text: (question, option) => refuse(question, option),
  agree: (question, option) => refuse(question, option),
};

async function refuse(question: string, option: string): Promise<never> {
  throw new UserMistake({
    what: `${question} Nobody is at the terminal to answer.`,
    state: "Nothing was changed.",
    next: `Answer with ${option}.`,
  });
}
