/** Names of the answers' shapes in the document of the API. `[]`: an array of them. */
export type EntityName = string;
