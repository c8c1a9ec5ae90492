// How `custom-elements.json` is made: what the analyzer finds in the element, less what pages cannot use.

/** The module of the element; the others are its parts. */
const ELEMENT = "element.js";

/** The property that reflects an attribute. @param {string} attribute */
const propertyOf = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Runs when members of base classes have been added. */
const forPages = {
  name: "for-pages",
  packageLinkPhase({ customElementsManifest }) {
    const { modules } = customElementsManifest;
    for (const declaration of modules.flatMap(({ declarations }) => declarations)) {
      if (!declaration.tagName) continue;
      const attributes = new Map(declaration.attributes.map((attribute) => [propertyOf(attribute.name), attribute]));
      declaration.members = declaration.members.filter(({ privacy }) => !privacy);
      for (const member of declaration.members) {
        // What a constructor copies is no default.
        if (member.default === member.name) delete member.default;
        delete member.inheritedFrom;
        const attribute = attributes.get(member.name);
        if (!attribute || member.kind !== "field") continue;
        const { name, type, default: unset, description } = attribute;
        Object.assign(member, { attribute: name, reflects: true, type, default: unset, description });
        attribute.fieldName = member.name;
      }
      // An event whose name is a variable was not found by its name.
      declaration.events = declaration.events.filter(({ description }) => description);
      // Its base is not among the modules that are left.
      delete declaration.superclass;
    }
    customElementsManifest.modules = modules.filter(({ path }) => path === ELEMENT);
  },
};

export default { globs: [ELEMENT, "element/**/*.js"], quiet: true, plugins: [forPages] };
