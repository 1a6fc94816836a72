// Invariant: the only place that knows zustand; the model changes as a whole, once a frame.
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConsoleModel } from "./model.ts";

export type ConsoleStore = StoreApi<ConsoleModel>;

export function createConsoleStore(initial: ConsoleModel): ConsoleStore {
  return createStore<ConsoleModel>()(() => initial);
}

/** The model, and a new render when it changes. */
export function useConsoleModel(store: ConsoleStore): ConsoleModel {
  return useStore(store);
}
