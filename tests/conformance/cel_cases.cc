#include <array>
#include <fstream>
#include <ostream>
#include <string>

#include "base/json.h"
#include "cases.h"
#include "cel/checker.h"
#include "cel/evaluator.h"
#include "cel/parser.h"
#include "cel_values.h"

namespace greenlane::conformance {
namespace {

using cel::Value;

/// What the library does not have; a case that needs one of these is skipped and counted under it.
constexpr std::array unsupported = {"protobuf",  "strong_enums", "protos_ext",  "wrappers",          "block_ext",
                                    "network_ext", "declared_functions"};

std::shared_ptr<const cel::FunctionTable> functions() {
  auto table = std::make_shared<cel::FunctionTable>();
  cel::add_standard_library(*table);
  cel::add_extension_libraries(*table);
  return table;
}

bool is_true(const json::Value& test, std::string_view key) {
  const json::Value* flag = test.find(key);
  return flag != nullptr && flag->is(json::Kind::boolean) && flag->boolean();
}

/// Runs one case; returns what went wrong, "" for nothing.
class Case {
 public:
  Case(const json::Value& test, std::shared_ptr<const cel::FunctionTable> table) : test_(test) {
    env_.functions = std::move(table);
    env_.container = test.text("container");
  }

  std::string run() {
    if (std::string problem = read_variables(); !problem.empty()) return problem;
    std::vector<cel::Issue> issues;
    cel::ParseOptions options;
    options.macros = !is_true(test_, "disable_macros");
    const std::string source(test_.text("expr"));
    cel::ExprPtr root = cel::parse(source, issues, options);
    if (!root) return wants_error() ? "" : "does not parse: " + issues.front().message;
    const bool check = !is_true(test_, "disable_check");
    const cel::TypeRef type =
        cel::check(*root, env_, issues, check ? cel::CheckMode::strict : cel::CheckMode::lenient);
    if (!issues.empty()) return wants_error() ? "" : "does not check: " + issues.front().message;
    const std::string_view wanted_type = test_.text("typed_result_type");
    if (!wanted_type.empty() && write_type(*type) != write_type(*read_type(wanted_type))) {
      return "type " + write_type(*type) + ", wanted " + std::string(wanted_type);
    }
    if (is_true(test_, "check_only")) return "";
    return evaluate(*root);
  }

 private:
  bool wants_error() const { return test_.find("expect")->find("error") != nullptr; }

  std::string read_variables() {
    for (const json::Value& declared : test_.find("type_env")->array()) {
      if (declared.find("type") == nullptr) continue;
      env_.variables.push_back({std::string(declared.text("name")), read_type(declared.text("type"))});
    }
    values_.resize(env_.variables.size());
    for (const auto& [name, json] : test_.find("bindings")->object()) {
      auto index = env_.variable(name);
      if (!index) {
        index = env_.variables.size();
        env_.variables.push_back({name, cel::types::dyn()});
        values_.emplace_back();
      }
      auto value = read_value(json);
      if (!value) return "a binding cannot be read";
      values_[*index] = *std::move(value);
    }
    return "";
  }

  std::string evaluate(const cel::Expr& root) {
    const Value value = cel::evaluate(root, {values_}).value;
    if (wants_error()) return value.is<cel::ErrorValue>() ? "" : "gives " + cel::show(value) + ", wanted an error";
    const json::Value* expected = test_.find("expect")->find("value");
    if (expected == nullptr) return "";
    const auto wanted = read_value(*expected);
    if (!wanted) return "the expected value cannot be read";
    if (same_value(value, *wanted)) return "";
    const auto decoded = read_value(*expected, Escapes::decoded);
    if (decoded && same_value(value, *decoded)) return "";
    return "gives " + cel::show(value) + ", wanted " + cel::show(*wanted);
  }

  const json::Value& test_;
  cel::Environment env_;
  std::vector<Value> values_;
};

std::string unmet_need(const json::Value& test) {
  for (const json::Value& need : test.find("needs")->array()) {
    for (const char* name : unsupported) {
      if (need.string() == name) return name;
    }
  }
  return "";
}

}  // namespace

bool run_cel(const std::string& path, std::ostream& out, Tally& tally) {
  std::ifstream file(path);
  if (!file) return false;
  const auto table = functions();
  for (std::string line; std::getline(file, line);) {
    const auto test = json::parse(line);
    if (!test.ok()) {
      out << test.error().to_text() << '\n';
      return false;
    }
    if (const std::string need = unmet_need(*test); !need.empty()) {
      ++tally.skipped;
      ++tally.skipped_by[need];
      continue;
    }
    const std::string problem = Case(*test, table).run();
    ++(problem.empty() ? tally.passed : tally.failed);
    if (problem.empty()) continue;
    out << "failed: " << test->text("file") << "/" << test->text("section") << "/" << test->text("name") << ": "
        << test->text("expr") << ": " << problem << '\n';
  }
  return true;
}

}  // namespace greenlane::conformance
