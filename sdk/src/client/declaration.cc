// One declaration: reading, screening, explaining.
#include <utility>

#include "client/input_files.h"
#include "document/document.h"
#include "greenlane/screening.h"
#include "screening/explainer.h"
#include "screening/screener.h"
#include "screening/why.h"

namespace greenlane {

Result<Declaration> Declaration::parse(std::string_view json, std::string_view format) {
  auto table = document::builtin_table(format);
  if (!table.ok()) return table.error();
  auto document = document::Document::parse(*table, json);
  if (!document.ok()) return document.error();
  return Declaration(*std::move(document));
}

Result<Declaration> Declaration::read(const std::string& path, const InputOptions& options, std::size_t index, std::string_view format) {
  auto table = document::builtin_table(format);
  if (!table.ok()) return table.error();
  auto inputs = client::InputFiles::open({path}, options, *table);
  if (!inputs.ok()) return inputs.error();
  for (std::size_t at = 0;; ++at) {
    auto input = (*inputs)->next();
    if (!input.ok()) return input.error();
    if (!input->has_value()) {
      return Error{.code = ErrorCode::not_found, .message = "the file has " + std::to_string(at) + " declarations, so there is none at index " + std::to_string(index), .source = path};
    }
    if (at != index) continue;
    auto document = (*input)->read();
    if (!document.ok()) return document.error();
    return Declaration(*std::move(document));
  }
}

std::string_view Declaration::id() const noexcept { return document_->id(); }
std::optional<Date> Declaration::date() const noexcept { return document_->as_of(); }

Result<Assessment> screen(const Pack& pack, const Declaration& declaration, std::optional<Date> as_of) {
  return screening::screen(pack.compiled(), pack.identity(), *declaration.document(), as_of);
}

Result<Assessment> screen(const Pack& pack, const Declaration& declaration, const ScreenOptions& options) {
  auto assessment = screen(pack, declaration, options.as_of);
  if (assessment.ok() && options.why) assessment->why = screening::why(pack.compiled(), *declaration.document(), *assessment);
  return assessment;
}

Result<Explanation> explain(const Pack& pack, const Declaration& declaration, const std::string& criterion, const std::string& at,
                            std::optional<Date> as_of) {
  return screening::explain(pack.compiled(), pack.identity(), *declaration.document(), {criterion, at, as_of});
}

}  // namespace greenlane
