// German, one file an area.
import polaris from "@shopify/polaris/locales/de.json";

export default { ...import.meta.glob<object>("./de/*.json", { eager: true, import: "default" }), polaris };
