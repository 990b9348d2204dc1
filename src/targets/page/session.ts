import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";
import { TargetLostError } from "../target-lost.js";
import { type PageCalls, type Reply, RULE, RUNTIME } from "./protocol.js";

type Result<Call> = Call extends (request: never) => Promise<Reply<infer T>> ? T : never;

type Runtimes<T> = Record<string, Record<string, (request: unknown) => Promise<T>>>;

/** The calls into one page, and how it ended. */
export class PageSession {
  readonly #context: BrowserContext;
  readonly #page: Page;
  #crashed = false;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
    page.on("crash", () => {
      this.#crashed = true;
    });
  }

  /** Throws what the function throws, and a TargetLostError when the page or its device is gone. */
  async call<Name extends keyof PageCalls>(
    name: Name,
    request: Parameters<PageCalls[Name]>[0],
  ): Promise<Result<PageCalls[Name]>> {
    const reply = await this.evaluate<Reply<Result<PageCalls[Name]>>>(name, request);
    if ("lost" in reply) throw new TargetLostError(reply.lost);
    if ("threw" in reply) throw new Error(reply.threw);
    return reply.result;
  }

  async evaluate<T>(name: string, request?: unknown): Promise<T> {
    try {
      // An arrow without a name: a compiler would give one by a function that the page lacks.
      return await this.#page.evaluate(
        ([runtime, name, request]) => (globalThis as unknown as Runtimes<T>)[runtime][name](request),
        [RUNTIME, name, request] as const,
      );
    } catch (error) {
      throw new TargetLostError(await this.#howItEnded(error as Error));
    }
  }

  async #howItEnded({ message }: Error): Promise<string> {
    await delay(100); // the browser's end may be known after that of its page
    if (this.#crashed) {
      return `The page in which it ran crashed: a fault of the browser, or for want of memory. ${RULE}`;
    }
    if (this.#context.browser()?.isConnected() === false) {
      return `The browser in which it ran ended: it crashed, or was ended from outside. ${RULE}`;
    }
    if (this.#page.isClosed()) return `The page in which it ran was closed, as by window.close. ${RULE}`;
    if (
      message.includes("Execution context was destroyed") ||
      message.includes("Cannot read properties of undefined")
    ) {
      return `The page in which it ran was led to another address, or loaded again. ${RULE}`;
    }
    return `The page in which it ran does not answer: ${message.split("\n")[0]}. ${RULE}`;
  }
}
