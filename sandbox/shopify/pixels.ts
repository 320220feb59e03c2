// The app's web pixel in the sandbox's shop: one, made and changed by mutations that can say no.
import { GraphQLError } from "graphql";
import type { World } from "./house.ts";

interface Asked {
  id?: string;
  webPixel: { settings?: unknown };
}
interface UserError {
  code: string;
  field: string[];
  message: string;
}
export type Pixels = ReturnType<typeof openPixels>;

export function openPixels(world: World) {
  let pixel: { id: string; settings: string } | null = null;
  const error = (code: string, message: string): UserError => ({ code, field: ["webPixel"], message });
  const payload = (userErrors: UserError[]) => ({ webPixel: userErrors.length > 0 ? null : pixel, userErrors });
  const gone = () => [error("NOT_FOUND", "Web pixel does not exist")];

  function wrong({ webPixel }: Asked): UserError[] {
    if (!world.pixelDeployed) return [error("NO_EXTENSION", "No extension found")];
    const names = namesIn(webPixel.settings);
    const fits = names !== null && names.toSorted().join() === world.pixelSettings.toSorted().join();
    return fits ? [] : [error("INVALID_SETTINGS", "Settings must be valid according to the settings definition")];
  }
  const keep = (asked: Asked) => {
    const { settings } = asked.webPixel;
    pixel = {
      id: "gid://shopify/WebPixel/1",
      settings: typeof settings === "string" ? settings : JSON.stringify(settings),
    };
  };
  return {
    view: () => pixel,
    /** It goes with the app. */
    drop() {
      pixel = null;
    },
    root: {
      webPixel() {
        if (pixel) return pixel;
        throw new GraphQLError("No web pixel was found for this app.", { extensions: { code: "RESOURCE_NOT_FOUND" } });
      },
      webPixelCreate(asked: Asked) {
        const errors = pixel ? [error("TAKEN", "Web pixel is already taken")] : wrong(asked);
        if (errors.length === 0) keep(asked);
        return payload(errors);
      },
      webPixelUpdate(asked: Asked) {
        const errors = asked.id === pixel?.id ? wrong(asked) : gone();
        if (errors.length === 0) keep(asked);
        return payload(errors);
      },
      webPixelDelete({ id }: { id: string }) {
        if (id !== pixel?.id) return { deletedWebPixelId: null, userErrors: gone() };
        pixel = null;
        return { deletedWebPixelId: id, userErrors: [] };
      },
    },
  };
}

/** Settings are an object, or one written as text. */
function namesIn(settings: unknown): string[] | null {
  try {
    const read: unknown = typeof settings === "string" ? JSON.parse(settings) : settings;
    return typeof read === "object" && read !== null ? Object.keys(read) : null;
  } catch {
    return null;
  }
}
