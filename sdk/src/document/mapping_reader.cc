#include "document/mapping_reader.h"

#include <algorithm>
#include <utility>

#include "document/formats.h"
#include "document/schema_validator.h"

namespace greenlane::document {
namespace {

constexpr std::string_view mapping_format = "greenlane.mapping/1";

const json::Array& list(const json::Value& mapping, std::string_view key) {
  static const json::Array& none = *new json::Array();
  const json::Value* value = mapping.find(key);
  return value != nullptr && value->is_array() ? value->array() : none;
}

Error below(Error error, const std::string& pointer) {
  error.pointer = pointer + error.pointer;
  return error;
}

Error at(std::string message, std::string pointer) {
  return make_error(ErrorCode::invalid_mapping, std::move(message), std::move(pointer));
}

std::vector<EdifactGroup> edifact_groups(const json::Value& parent) {
  std::vector<EdifactGroup> groups;
  for (const json::Value& text : list(parent, "groups")) {
    EdifactGroup group{std::string(text.text("name")), std::string(text.text("start")), {}, edifact_groups(text)};
    for (const json::Value& tag : list(text, "until")) group.until.emplace_back(tag.string());
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

MappingReader::MappingReader(const json::Value& text, std::shared_ptr<const FieldTable> table)
    : text_(text), mapping_(new Mapping()) {
  mapping_->table_ = std::move(table);
}

Result<std::shared_ptr<const Mapping>> MappingReader::run() {
  if (const json::Value* schema = builtin_schema(mapping_format); schema != nullptr) {
    if (auto checked = validate(*schema, text_); !checked) return std::move(checked).error();
  }
  if (text_.text("to") != mapping_->table_->format()) {
    return at(
        "the mapping makes " + in_quotes(text_.text("to")) + ", not " + in_quotes(mapping_->table_->format()),
        "/to");
  }
  mapping_->id_ = text_.text("id");
  if (const json::Value* title = text_.find("title"); title != nullptr) mapping_->title_ = *title;
  if (auto read = read_source(); !read) return std::move(read).error();
  if (auto read = read_group(text_, {}, mapping_->root_); !read) return std::move(read).error();
  if (auto checked = check_targets(); !checked) return std::move(checked).error();
  return std::shared_ptr<const Mapping>(std::move(mapping_));
}

Result<void> MappingReader::read_source() {
  const json::Value* csv = text_.find("csv");
  const json::Value* xml = text_.find("xml");
  const json::Value* edifact = text_.find("edifact");
  if ((csv != nullptr) + (xml != nullptr) + (edifact != nullptr) != 1) {
    return at("expected one of \"csv\", \"xml\" and \"edifact\", which says what is read", "");
  }
  if (edifact != nullptr) {
    mapping_->source_ = Mapping::Source::edifact;
    return read_edifact(*edifact);
  }
  if (xml != nullptr) {
    mapping_->source_ = Mapping::Source::xml;
    if (text_.find("group_by") != nullptr) return at("\"group_by\" is for csv; name the record's element in \"records\"", "/group_by");
    return read_xml(*xml);
  }
  for (const json::Value& name : list(text_, "group_by")) {
    if (name.is_string()) mapping_->csv_.group_by.push_back(name.string());
  }
  for (const json::Value& name : list(text_, "ignore")) {
    if (name.is_string()) mapping_->ignored_.push_back(name.string());
  }
  return read_csv(*csv);
}

Result<void> MappingReader::read_csv(const json::Value& csv) {
  if (const auto encoding = csv.text("encoding"); !encoding.empty()) mapping_->csv_.encoding = encoding;
  if (const auto delimiter = csv.text("delimiter"); !delimiter.empty()) {
    const auto byte = static_cast<unsigned char>(delimiter.front());
    const bool usable = delimiter.size() == 1 && byte < 0x7F && (byte >= ' ' || byte == '\t') && byte != '"';
    if (!usable) return at("expected one ASCII character other than a quote", "/csv/delimiter");
    mapping_->csv_.delimiter = delimiter.front();
  }
  return read_texts(csv, "/csv");
}

Result<void> MappingReader::read_xml(const json::Value& xml) {
  if (const json::Value* namespaces = xml.find("namespaces"); namespaces != nullptr && namespaces->is_object()) {
    for (const json::Member& each : namespaces->object()) mapping_->xml_.namespaces[each.key] = each.value.string();
  }
  const json::Array& records = list(xml, "records");
  for (std::size_t i = 0; i < records.size(); ++i) {
    auto name = PathName::parse(records[i].string(), mapping_->xml_.namespaces);
    if (!name) return below(std::move(name).error(), json::pointer_child("/xml/records", i));
    mapping_->xml_.records.push_back(*std::move(name));
  }
  return read_texts(xml, "/xml");
}

Result<void> MappingReader::read_edifact(const json::Value& edifact) {
  for (const json::Value& type : list(edifact, "messages")) mapping_->edifact_.messages.emplace_back(type.string());
  mapping_->edifact_.groups = edifact_groups(edifact);
  // ISO 9735: a comma or a point, whatever UNA says, and no thousands signs.
  mapping_->rules_.signs.decimal = ".,";
  return read_texts(edifact, "/edifact");
}

Result<void> MappingReader::read_texts(const json::Value& source, const std::string& place) {
  TextRules& rules = mapping_->rules_;
  if (const auto sign = source.text("decimal_sign"); !sign.empty()) rules.signs.decimal = sign;
  rules.signs.thousands = source.text("thousands_sign");
  if (rules.signs.decimal == rules.signs.thousands) return at("the thousands sign is the decimal sign", place + "/thousands_sign");
  if (const auto format = source.text("date_format"); !format.empty()) {
    auto date = DateRule::make(format);
    if (!date) return below(std::move(date).error(), place + "/date_format");
    rules.date = *std::move(date);
  }
  const std::string_view whitespace = source.text("whitespace");
  if (whitespace == "collapse") rules.whitespace = Whitespace::collapse;
  if (whitespace == "preserve") rules.whitespace = Whitespace::preserve;
  const std::string_view empty = source.text("empty");
  if (empty == "null") rules.empty = EmptyText::null;
  if (empty == "keep") rules.empty = EmptyText::keep;
  rules.utc_offset = source.text("utc_offset");
  return {};
}

Result<void> MappingReader::read_group(const json::Value& text, Scope scope, MappedGroup& group) {
  const json::Array& fields = list(text, "fields");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string place = json::pointer_child(scope.place + "/fields", i);
    if (auto read = read_member(fields[i], place, scope, group); !read) return read;
  }
  const json::Array& constants = list(text, "constants");
  for (std::size_t i = 0; i < constants.size(); ++i) {
    const std::string place = json::pointer_child(scope.place + "/constants", i);
    if (auto read = read_constant(constants[i], place, scope, group); !read) return read;
  }
  return of_messages() ? read_ignored(text, scope.place + "/ignore", group) : Result<void>();
}

Result<void> MappingReader::read_member(const json::Value& entry, const std::string& place, Scope& scope, MappedGroup& group) {
  if (entry.find("fields") == nullptr) return read_field(entry, place, scope, group);
  if (!of_messages()) return at("a column is one value; a group of fields is for xml", place + "/fields");
  return read_inner(entry, place, scope, group);
}

Result<void> MappingReader::read_inner(const json::Value& entry, const std::string& place, const Scope& scope, MappedGroup& group) {
  for (const std::string_view key : {"values", "other", "empty", "date_format", "format_code", "pad_left", "scale", "round"}) {
    if (entry.find(key) != nullptr) return at(in_quotes(key) + " is for values; this entry is a group of fields", place + '/' + std::string(key));
  }
  MappedGroup inner;
  auto paths = read_paths(entry, place);
  if (!paths) return std::move(paths).error();
  inner.paths = *std::move(paths);
  inner.none_if_missing = entry.text("missing") == "none";
  Scope within = scope;
  within.place = place;
  within.lists.clear();
  if (const std::string_view to = entry.text("to"); to != ".") {
    const std::string target = scope.target + std::string(to);
    auto resolved = resolve_target(*mapping_->table_, target, TargetUse::group);
    if (!resolved) return below(std::move(resolved).error(), place + "/to");
    inner.target = *std::move(resolved);
    inner.slots = mapping_->slots_.add(inner.target, true);
    within.target = target + '.';
    within.steps = inner.target.steps.size();
    Scope own = scope;
    if (auto renewed = renew(inner.target, inner.slots, place, own, inner.renewed); !renewed) return renewed;
    const bool many = inner.renewed != SlotPlan::no_slot;
    within.instance = scope.instance + std::string(to) + (many ? '#' + std::to_string(++instances_) : "") + '.';
  } else if (inner.none_if_missing) {
    return at("\"missing\" says what a field is; \".\" is the object around this group", place + "/missing");
  } else {
    inner.target.text = scope.target;
  }
  if (auto read = read_group(entry, std::move(within), inner); !read) return read;
  group.groups.push_back(std::move(inner));
  return {};
}

Result<void> MappingReader::read_field(const json::Value& entry, const std::string& place, Scope& scope, MappedGroup& group) {
  MappedField field;
  if (of_messages()) {
    auto paths = read_paths(entry, place);
    if (!paths) return std::move(paths).error();
    field.paths = *std::move(paths);
  } else {
    for (const std::string_view key : {"missing", "format_code", "ignore", "constants"}) {
      if (entry.find(key) != nullptr) return at(in_quotes(key) + " is for xml", place + '/' + std::string(key));
    }
    if (!entry.find("from")->is_string()) return at("expected the name of one column", place + "/from");
    field.from = entry.text("from");
  }
  const std::string to = scope.target + std::string(entry.text("to"));
  auto target = resolve_target(*mapping_->table_, to, of_messages() ? TargetUse::value : TargetUse::column);
  if (!target) return below(std::move(target).error(), place + "/to");
  field.target = *std::move(target);
  auto converter = CellConverter::make(field.target.kind, entry, mapping_->rules_);
  if (!converter) return below(std::move(converter).error(), place);
  field.converter = *std::move(converter);
  if (const std::string_view code = entry.text("format_code"); !code.empty()) {
    auto path = read_path(code, place + "/format_code");
    if (!path) return std::move(path).error();
    field.form_path = *std::move(path);
  }
  field.none_if_missing = entry.text("missing") == "none";
  field.slots = mapping_->slots_.add(field.target, true);
  if (of_messages()) {
    if (auto renewed = renew(field.target, field.slots, place, scope, field.renewed); !renewed) return renewed;
  }
  targets_.push_back({scope.instance + std::string(entry.text("to")), place + "/to", to});
  group.fields.push_back(std::move(field));
  return {};
}

Result<void> MappingReader::read_constant(const json::Value& entry, const std::string& place, const Scope& scope, MappedGroup& group) {
  MappedConstant constant;
  const std::string to = scope.target + std::string(entry.text("to"));
  auto target = resolve_target(*mapping_->table_, to, of_messages() ? TargetUse::value : TargetUse::column);
  if (!target) return below(std::move(target).error(), place + "/to");
  constant.target = *std::move(target);
  if (const json::Value* value = entry.find("value"); value != nullptr) constant.value = *value;
  if (!fits_kind(constant.target.kind, constant.value)) {
    return at("expected " + std::string(kind_text(constant.target.kind)) + ", found " + found(constant.value), place + "/value");
  }
  constant.slots = mapping_->slots_.add(constant.target, false);
  targets_.push_back({scope.instance + std::string(entry.text("to")), place + "/to", to});
  group.constants.push_back(std::move(constant));
  return {};
}

Result<void> MappingReader::read_ignored(const json::Value& text, const std::string& place, MappedGroup& group) {
  const json::Array& paths = list(text, "ignore");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto path = read_path(paths[i].string(), json::pointer_child(place, i));
    if (!path) return std::move(path).error();
    group.ignored.push_back(*std::move(path));
  }
  return {};
}

Result<std::vector<MessagePath>> MappingReader::read_paths(const json::Value& entry, const std::string& place) {
  std::vector<MessagePath> paths;
  const json::Value& source = *entry.find("from");
  const std::size_t count = source.is_array() ? source.array().size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const json::Value& text = source.is_array() ? source.array()[i] : source;
    auto path = read_path(text.string(), source.is_array() ? json::pointer_child(place + "/from", i) : place + "/from");
    if (!path) return std::move(path).error();
    paths.push_back(*std::move(path));
  }
  return paths;
}

Result<MessagePath> MappingReader::read_path(std::string_view text, const std::string& place) const {
  auto path = MessagePath::parse(text, syntax(), mapping_->xml_.namespaces);
  if (!path) return below(std::move(path).error(), place);
  return path;
}

/// What each occurrence makes anew: the elements "[]" of the target that are not those of the groups around it.
Result<void> MappingReader::renew(const Target& target, const std::vector<std::size_t>& slots, const std::string& place, Scope& scope,
                                  std::size_t& renewed) {
  std::string array = scope.target;
  for (std::size_t i = scope.steps; i < target.steps.size(); ++i) {
    array += target.steps[i].key;
    if (target.steps[i].element != TargetStep::Element::of_row) continue;
    if (renewed != SlotPlan::no_slot) return at("the target has [] twice; put one of them into a group around this entry", place + "/to");
    renewed = slots[i];
    if (std::find(scope.lists.begin(), scope.lists.end(), array) != scope.lists.end()) {
      return at("another value makes elements of " + in_quotes(array + "[]") + ", and each would make its own; read both in a group whose \"to\" is that",
                place + "/to");
    }
    scope.lists.push_back(array);
  }
  return {};
}

Result<void> MappingReader::check_targets() const {
  auto targets = targets_;
  targets.push_back({"format", "", "format"});
  std::sort(targets.begin(), targets.end(), [](const Named& a, const Named& b) { return std::pair(a.key, a.place) < std::pair(b.key, b.place); });
  for (std::size_t i = 1; i < targets.size(); ++i) {
    const Named& before = targets[i - 1];
    const Named& named = targets[i];
    if (named.key == "format" && before.key == named.key) {
      return at("the key \"format\" is filled in by itself", before.place.empty() ? named.place : before.place);
    }
    const bool inside = named.key.starts_with(before.key + '.') || named.key.starts_with(before.key + '[');
    if (named.key != before.key && !inside) continue;
    return at("target " + in_quotes(named.target) + (inside ? " lies within the target of " : " is also the target of ") +
                  (before.place.empty() ? "the format" : before.place),
              named.place);
  }
  return {};
}

}  // namespace greenlane::document
