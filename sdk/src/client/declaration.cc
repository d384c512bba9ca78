// One declaration: reading, screening, explaining.
#include <utility>

#include "document/document.h"
#include "greenlane/screening.h"
#include "screening/explainer.h"
#include "screening/screener.h"

namespace greenlane {

Result<Declaration> Declaration::parse(std::string_view json, std::string_view format) {
  auto table = document::builtin_table(format);
  if (!table.ok()) return table.error();
  auto document = document::Document::parse(*table, json);
  if (!document.ok()) return document.error();
  return Declaration(*std::move(document));
}

std::string_view Declaration::id() const noexcept { return document_->id(); }
std::optional<Date> Declaration::date() const noexcept { return document_->as_of(); }

Result<Assessment> screen(const LocalPack& pack, const Declaration& declaration, std::optional<Date> as_of) {
  return screening::screen(pack.compiled(), pack.identity(), *declaration.document(), as_of);
}

Result<Explanation> explain(const LocalPack& pack, const Declaration& declaration, const std::string& criterion, const std::string& at,
                            std::optional<Date> as_of) {
  return screening::explain(pack.compiled(), pack.identity(), *declaration.document(), {criterion, at, as_of});
}

}  // namespace greenlane
