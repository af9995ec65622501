import { newQuickJSWASMModuleFromVariant, newVariant } from "quickjs-emscripten-core";
import variant from "@jitl/quickjs-ng-wasmfile-release-sync";

// The engine, whose WebAssembly lies at the address.
export function quickjs(wasmLocation) {
  return newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmLocation }));
}
