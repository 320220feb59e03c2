// Swedish, one file an area.
import polaris from "@shopify/polaris/locales/sv.json";

export default { ...import.meta.glob<object>("./sv/*.json", { eager: true, import: "default" }), polaris };
