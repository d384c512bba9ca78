// Converting whole files and folders.
#include "greenlane/convert.h"

#include <string_view>
#include <utility>

#include "client/input_files.h"
#include "document/document.h"
#include "document/message_origin.h"

namespace greenlane {
namespace {

using document::MessageOrigin;
using document::MessageTree;

MessagePart part(const MessageTree& tree, std::uint32_t element) {
  return {document::path_of(tree, element), tree.place(element), tree[element].line, std::string(tree.text(element))};
}

/// Appends the values below `value`, which stands at `pointer`.
void list_values(const json::Value& value, const std::string& pointer, const MessageOrigin* origin, std::vector<MappedValue>& out) {
  if (value.is_object()) {
    for (const json::Member& member : value.object()) list_values(member.value, json::pointer_child(pointer, member.key), origin, out);
    return;
  }
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.array().size(); ++i) list_values(value.array()[i], json::pointer_child(pointer, i), origin, out);
    return;
  }
  MappedValue& made = out.emplace_back(MappedValue{pointer, json::compact(value)});
  if (origin == nullptr) return;
  const std::uint32_t element = origin->value_at(pointer);
  if (element != MessageTree::none) made.from = part(origin->tree(), element);
}

ConvertedItem converted(const client::InputRecord& input, bool values) {
  ConvertedItem item;
  item.source = input.source;
  item.line = input.record.line;
  auto document = input.read();
  if (!document.ok()) {
    item.error = std::move(document).error();
    return item;
  }
  item.json = json::compact((*document)->json());
  const MessageOrigin* origin = (*document)->origin();
  if (values) list_values((*document)->json(), {}, origin, item.values);
  if (origin == nullptr) return item;
  for (const std::uint32_t element : origin->unread()) item.unread.push_back(part(origin->tree(), element));
  std::tie(item.parts_read, item.parts_ignored) = origin->counts();
  return item;
}

}  // namespace

Result<ConvertSummary> convert_files(const std::vector<std::string>& paths, const ConvertOptions& options,
                                     const std::function<Result<void>(ConvertedItem&&)>& on_item) {
  auto table = document::builtin_table("greenlane.declaration/1");
  if (!table.ok()) return table.error();
  auto inputs = client::InputFiles::open(paths, options.input, *table);
  if (!inputs.ok()) return inputs.error();
  ConvertSummary summary;
  for (;;) {
    auto input = (*inputs)->next();
    if (!input.ok()) return input.error();
    if (!input->has_value()) return summary;
    ConvertedItem item = converted(**input, options.values);
    ++(item.error ? summary.refused : summary.converted);
    item.read = (*inputs)->share_read();
    if (auto done = on_item(std::move(item)); !done.ok()) return done.error();
  }
}

Result<MappingInfo> check_mapping(const std::string& path) {
  const auto mapping = client::read_mapping(path);
  if (!mapping.ok()) return mapping.error();
  const json::Value& title = (*mapping)->title();
  MappingInfo info{(*mapping)->id(), {std::string(title.text("en")), std::string(title.text("zh"))}, (*mapping)->table()->format(),
                   std::string(document::name((*mapping)->source())), (*mapping)->root().field_count()};
  return info;
}

}  // namespace greenlane
