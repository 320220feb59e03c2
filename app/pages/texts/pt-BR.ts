// Brazilian Portuguese, one file an area.
import polaris from "@shopify/polaris/locales/pt-BR.json";

export default { ...import.meta.glob<object>("./pt-BR/*.json", { eager: true, import: "default" }), polaris };
