// French, one file an area.
import polaris from "@shopify/polaris/locales/fr.json";

export default { ...import.meta.glob<object>("./fr/*.json", { eager: true, import: "default" }), polaris };
