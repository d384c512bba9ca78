// Expressions from lexer to evaluator, over the fields of a declaration. A trace must not change the value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "cel/expression.h"
#include "criteria/document_binding.h"
#include "criteria/language.h"
#include "document/document.h"

namespace {

using namespace greenlane;

struct Setting {
  std::shared_ptr<const document::FieldTable> table;
  std::unique_ptr<criteria::DocumentBinding> binding;
  std::unique_ptr<document::Document> document;
  cel::Environment env;
  std::vector<cel::Value> values;
};

const Setting& setting() {
  static const Setting& made = *[] {
    auto* s = new Setting;
    s->table = *document::builtin_table("greenlane.declaration/1");
    s->binding = std::make_unique<criteria::DocumentBinding>(s->table);
    s->document = *document::Document::parse(s->table, R"({"format":"greenlane.declaration/1","direction":"import",
      "declared_on":"2025-07-01","documents":[],"items":[{"seq":1,"hs":"0307220000","description":"frozen scallops",
      "origin":{"country_code":"JP"},"measure":{"net_kg":"100.50"},"used":false},{"seq":2,"hs":null}]})");
    auto functions = std::make_shared<cel::FunctionTable>();
    cel::add_standard_library(*functions);
    cel::add_decimal_library(*functions);
    cel::add_date_library(*functions);
    cel::add_extension_libraries(*functions);
    criteria::add_customs_library(*functions);
    s->env.functions = std::move(functions);
    s->env.null_comparable = true;
    s->env.variables = {{"declaration", s->binding->type_of(s->table->root())},
                        {"item", s->binding->type_of(*s->table->find("items")->element)}};
    const document::Node& items = *s->document->at_pointer("/items");
    s->values = {s->binding->value_of(s->document->root()), s->binding->value_of(*items.children[0])};
    return s;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const auto expression = cel::Expression::compile(source, setting().env);
  if (!expression.ok()) return 0;
  const criteria::EvaluationHost host{};
  const cel::Activation activation{setting().values, &host};
  constexpr std::uint64_t budget = 100'000;
  const cel::Evaluation plain = expression->evaluate(activation, budget);
  cel::TraceNode trace;
  const cel::Evaluation traced = expression->evaluate(activation, 10 * budget, &trace);
  if (!plain.over_budget && !traced.over_budget && cel::show(plain.value) != cel::show(traced.value)) std::abort();
  return 0;
}
