// Fourteen digits, fourteen weights, and the fourteen exceptions as a table.
#include "domain/finance/bank_account.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tideover {
namespace {

using Digits = std::array<int, 14>;

/// The places that exceptions look at, under the specification's letters: a to h are the account number.
struct Place {
    static constexpr std::size_t a = 6, b = 7, c = 8, g = 12, h = 13;
};

constexpr std::array<std::pair<std::string_view, int>, 3> methods{{{"MOD10", 10}, {"MOD11", 11}, {"DBLAL", 10}}};

std::string_view name_of(ModulusMethod method) {
    return methods[static_cast<std::size_t>(method)].first;
}

int modulus_of(ModulusMethod method) {
    return methods[static_cast<std::size_t>(method)].second;
}

constexpr std::array<std::string_view, 4> account_faults{
    "A sort code has six digits, written 08-99-99, 08 99 99 or 089999.",
    "An account number has six to eight digits and nothing else.",
    "Nine digits are known of Santander only, and this is not one of its sort codes: ask the payee's bank for the "
    "eight "
    "digits that payments are made to.",
    "Of ten digits the Co-operative Bank uses the first eight and NatWest the last eight: enter the eight digits that "
    "payments are made to."};

/// Sort codes of Santander, which it has from Abbey, Girobank and Alliance & Leicester; the specification names the
/// bank but not its codes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> santander{
    {{"090000", "091999"}, {"720000", "729999"}, {"890000", "892999"}}};

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

bool six_digits(std::string_view text) {
    return text.size() == 6 && all_digits(text);
}

std::optional<std::string> plain_sort_code(std::string_view text) {
    std::string out{text};
    if (text.size() == 8 && text[2] == text[5] && (text[2] == '-' || text[2] == ' ')) out.erase(5, 1).erase(2, 1);
    if (!six_digits(out)) return std::nullopt;
    return out;
}

bool blank(char sign) {
    return sign == ' ' || sign == '\t' || sign == '\r';
}

/// Gives each line of a table that is not empty to `take`, as its cells; stops at the first fault.
template <class Take>
std::optional<TableFault> each_line(std::string_view table, std::string_view text, Take take) {
    for (std::size_t line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        std::vector<std::string_view> cells;
        for (std::size_t at = 0; at < end;) {
            const auto from = at;
            while (at < end && !blank(text[at])) ++at;
            if (at > from) cells.push_back(text.substr(from, at - from));
            while (at < end && blank(text[at])) ++at;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
        if (cells.empty()) continue;
        if (const std::string_view what = take(line, cells); !what.empty()) return TableFault{table, line, what};
    }
    return std::nullopt;
}

/// The whole number that a cell writes, if it lies in the range.
std::optional<int> number(std::string_view cell, int least, int most) {
    int out = 0;
    const auto* end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, out);
    if (error != std::errc{} || stop != end || out < least || out > most) return std::nullopt;
    return out;
}

int as_number(std::string_view sort_code) {
    return number(sort_code, 0, 999999).value_or(-1);
}

/// Where exceptions may stand, as the specification lists them: the rows of one sort code, and how many checks must
/// pass. All that are made, or one.
struct Pairing {
    int first, second;  // exceptions; -1 where there is no second row
    bool one_is_enough;
};

constexpr int no_row = -1;
constexpr std::array<Pairing, 13> pairings{{{0, no_row, false},
                                            {1, no_row, false},
                                            {4, no_row, false},
                                            {7, no_row, false},
                                            {8, no_row, false},
                                            {14, no_row, true},
                                            {0, 0, false},
                                            {0, 3, false},
                                            {5, 5, false},
                                            {6, 6, false},
                                            {2, 9, true},
                                            {10, 11, true},
                                            {12, 13, true}}};

const Pairing* pairing_of(std::span<const ModulusRow> rows) {
    const int second = rows.size() > 1 ? rows[1].exception : no_row;
    const auto* found = std::find_if(pairings.begin(), pairings.end(), [&](const Pairing& pairing) {
        return pairing.first == rows[0].exception && pairing.second == second;
    });
    return found == pairings.end() ? nullptr : found;
}

/// A row of the weight table, or what is wrong with its cells.
Result<ModulusRow, std::string_view> read_row(std::size_t line, const std::vector<std::string_view>& cells) {
    constexpr std::size_t before_weights = 3, with_exception = before_weights + 14 + 1;
    if (cells.size() != with_exception && cells.size() + 1 != with_exception) {
        return std::string_view{"a row has two sort codes, a method, 14 weights and perhaps an exception"};
    }
    if (!six_digits(cells[0]) || !six_digits(cells[1])) return std::string_view{"a sort code has six digits"};
    ModulusRow row{.from = as_number(cells[0]), .to = as_number(cells[1]), .line = line};
    if (row.from > row.to) return std::string_view{"the range ends before it starts"};
    const auto* method =
        std::find_if(methods.begin(), methods.end(), [&](const auto& known) { return known.first == cells[2]; });
    if (method == methods.end()) return std::string_view{"the method is none of MOD10, MOD11 and DBLAL"};
    row.method = static_cast<ModulusMethod>(method - methods.begin());
    for (std::size_t place = 0; place < row.weights.size(); ++place) {
        // Double alternate adds up the digits of each product: of a negative one there is no such thing.
        const auto weight = number(cells[before_weights + place], row.method == ModulusMethod::dblal ? 0 : -999, 999);
        if (!weight)
            return std::string_view{"a weight is a whole number of at most three digits, of DBLAL not below 0"};
        row.weights[place] = *weight;
    }
    if (cells.size() == with_exception) {
        const auto exception = number(cells.back(), 1, 14);
        if (!exception) return std::string_view{"an exception is a number from 1 to 14"};
        row.exception = *exception;
    }
    if (row.exception == 5 && row.method == ModulusMethod::mod10) {
        return std::string_view{"exception 5 is defined for MOD11 and DBLAL only"};
    }
    return row;
}

bool same_range(const ModulusRow& one, const ModulusRow& other) {
    return one.from == other.from && one.to == other.to;
}

std::span<const ModulusRow> rows_at(std::span<const ModulusRow> rows, std::size_t at) {
    const bool two = at + 1 < rows.size() && same_range(rows[at], rows[at + 1]);
    return rows.subspan(at, two ? 2 : 1);
}

/// A check that is about to be made.
struct Sum {
    Digits digits;
    ModulusWeights weights;
    ModulusMethod method;
    int total = 0;
};

void put_sort_code(Sum& sum, std::string_view sort_code) {
    for (std::size_t place = 0; place < sort_code.size(); ++place) sum.digits[place] = sort_code[place] - '0';
}

std::string sort_code_of(const Sum& sum) {
    std::string out;
    for (std::size_t place = 0; place < Place::a; ++place) out += static_cast<char>('0' + sum.digits[place]);
    return out;
}

/// Zeroises the weights of u to b: the sort code and the first two digits.
void weigh_from_c(Sum& sum) {
    std::fill_n(sum.weights.begin(), Place::c, 0);
}

/// Exception 2 has weights of its own for accounts that do not start with 0.
void weigh_exception_2(Sum& sum, const ModulusTables&) {
    if (sum.digits[Place::a] == 0) return;
    sum.weights = {0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1};
    if (sum.digits[Place::g] == 9) weigh_from_c(sum);
}

/// What an exception changes, in the specification's words where it has short ones. What is not there is as usual.
struct Exception {
    std::string_view says;
    void (*prepare)(Sum&, const ModulusTables&) = nullptr;
    bool (*left_out)(const Digits&) = nullptr;
    int (*remainder)(const Sum&) = nullptr;  // that passes, instead of 0
};

constexpr std::array<Exception, 15> exceptions{{
    {""},
    {"27 is added to the total", [](Sum& sum, const ModulusTables&) { sum.total = 27; }},
    {"other weights where a is not 0", weigh_exception_2},
    {"not made where c is 6 or 9", nullptr,
     [](const Digits& digits) { return digits[Place::c] == 6 || digits[Place::c] == 9; }},
    {"the remainder must be gh", nullptr, nullptr,
     [](const Sum& sum) { return 10 * sum.digits[Place::g] + sum.digits[Place::h]; }},
    {"sort code from the substitution table; g (MOD11) or h (DBLAL) is the check digit",
     [](Sum& sum, const ModulusTables& tables) { put_sort_code(sum, tables.substitute(sort_code_of(sum))); }, nullptr,
     [](const Sum& sum) {
         const int modulus = modulus_of(sum.method);
         return (modulus - sum.digits[sum.method == ModulusMethod::mod11 ? Place::g : Place::h]) % modulus;
     }},
    {"not made for foreign currency: a is 4 to 8, and g is h", nullptr,
     [](const Digits& digits) {
         return digits[Place::a] >= 4 && digits[Place::a] <= 8 && digits[Place::g] == digits[Place::h];
     }},
    {"where g is 9, u to b do not count",
     [](Sum& sum, const ModulusTables&) {
         if (sum.digits[Place::g] == 9) weigh_from_c(sum);
     }},
    {"checked as sort code 09-01-26", [](Sum& sum, const ModulusTables&) { put_sort_code(sum, "090126"); }},
    {"checked as sort code 30-96-34", [](Sum& sum, const ModulusTables&) { put_sort_code(sum, "309634"); }},
    {"where ab is 09 or 99 and g is 9, u to b do not count",
     [](Sum& sum, const ModulusTables&) {
         const bool nine_or_ninety_nine = sum.digits[Place::a] % 9 == 0 && sum.digits[Place::b] == 9;
         if (nine_or_ninety_nine && sum.digits[Place::g] == 9) weigh_from_c(sum);
     }},
    {"one of both checks is enough"},
    {"one of both checks is enough"},
    {"one of both checks is enough"},
    {"where it fails and h is 0, 1 or 9, it is made again without h and with a 0 before a"},
}};

int digit_sum(int product) {
    int out = 0;
    for (; product > 0; product /= 10) out += product % 10;
    return out;
}

ModulusStep weigh(const ModulusTables& tables, const ModulusRow& row, const Digits& digits) {
    const auto& rule = exceptions[static_cast<std::size_t>(row.exception)];
    ModulusStep step{.line = row.line, .method = row.method, .exception = row.exception};
    if (rule.left_out != nullptr && rule.left_out(digits)) return step;
    Sum sum{.digits = digits, .weights = row.weights, .method = row.method};
    if (rule.prepare != nullptr) rule.prepare(sum, tables);
    for (std::size_t place = 0; place < digits.size(); ++place) {
        const int product = sum.digits[place] * sum.weights[place];
        sum.total += row.method == ModulusMethod::dblal ? digit_sum(product) : product;
    }
    const int modulus = modulus_of(row.method);
    const int remainder = (sum.total % modulus + modulus) % modulus;  // a weight may be -1
    const int wanted = rule.remainder != nullptr ? rule.remainder(sum) : 0;
    step.outcome = remainder == wanted ? ModulusOutcome::passed : ModulusOutcome::failed;
    return step;
}

/// Exception 14, second check: the account number without its last digit, if that is 0, 1 or 9, and with a 0 before it.
std::optional<Digits> without_last(Digits digits) {
    if (digits[Place::h] > 1 && digits[Place::h] < 9) return std::nullopt;
    std::shift_right(digits.begin() + Place::a, digits.end(), 1);
    digits[Place::a] = 0;
    return digits;
}

constexpr std::array<std::string_view, 3> verdicts{
    "Possible: the bank could have issued such a number, which does not say that the account exists.",
    "Impossible: the bank issues no such number.", "Not covered: no check applies to this account."};
constexpr std::array<std::string_view, 3> outcomes{"passed", "failed", "was not made"};

}  // namespace

std::string_view sentence_of(AccountFault fault) {
    return account_faults[static_cast<std::size_t>(fault)];
}

std::string BankAccount::dashed_sort_code() const {
    return sort_code_.substr(0, 2) + "-" + sort_code_.substr(2, 2) + "-" + sort_code_.substr(4, 2);
}

Result<BankAccount, AccountFault> read_bank_account(std::string_view sort_code, std::string_view account_number) {
    auto code = plain_sort_code(sort_code);
    if (!code) return AccountFault::sort_code;
    const auto length = account_number.size();
    if (!all_digits(account_number) || length < 6 || length > 10) return AccountFault::account_number;
    if (length == 10) return AccountFault::ten_digits;
    if (length < 9) return BankAccount{*code, std::string(8 - length, '0').append(account_number)};
    const bool of_santander = std::any_of(santander.begin(), santander.end(), [&](const auto& range) {
        return *code >= range.first && *code <= range.second;
    });
    if (!of_santander) return AccountFault::nine_digits;
    code->back() = account_number.front();
    return BankAccount{*code, std::string{account_number.substr(1)}};
}

std::span<const ModulusRow> ModulusTables::rows_for(std::string_view sort_code) const {
    const int code = as_number(sort_code);
    const auto found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const ModulusRow& row) { return code >= row.from && code <= row.to; });
    if (found == rows_.end()) return {};
    return rows_at(rows_, static_cast<std::size_t>(found - rows_.begin()));
}

std::string_view ModulusTables::substitute(std::string_view sort_code) const {
    const auto found = substitutions_.find(sort_code);
    return found == substitutions_.end() ? sort_code : found->second;
}

Result<ModulusTables, TableFault> read_modulus_tables(std::string_view weights, std::string_view substitutions) {
    ModulusTables out;
    const auto take_weights = [&](std::size_t line, const auto& cells) -> std::string_view {
        const auto row = read_row(line, cells);
        if (!row) return row.reason();
        auto& rows = out.rows_;
        const bool again = !rows.empty() && same_range(rows.back(), row.value());
        if (again && rows.size() > 1 && same_range(rows[rows.size() - 2], row.value()))
            return "the range stands a third time";
        if (!again && !rows.empty() && row.value().from <= rows.back().to) {
            return "the range starts before the end of the one above, and is not the same";
        }
        rows.push_back(row.value());
        return "";
    };
    const auto take_substitutions = [&](std::size_t, const auto& cells) -> std::string_view {
        if (cells.size() != 2) return "a row has two sort codes";
        if (!six_digits(cells[0]) || !six_digits(cells[1])) return "a sort code has six digits";
        return out.substitutions_.emplace(cells[0], cells[1]).second ? "" : "the sort code stands a second time";
    };
    if (const auto fault = each_line("weights", weights, take_weights)) return *fault;
    if (const auto fault = each_line("substitutions", substitutions, take_substitutions)) return *fault;
    if (out.rows_.empty()) return TableFault{"weights", 1, "there is no row in it"};
    if (out.substitutions_.empty()) return TableFault{"substitutions", 1, "there is no row in it"};
    for (std::size_t at = 0; at < out.rows_.size();) {
        const auto rows = rows_at(out.rows_, at);
        if (pairing_of(rows) == nullptr) {
            return TableFault{"weights", rows.back().line,
                              rows.size() == 1 ? "such an exception does not stand alone, or not without one"
                                               : "the exceptions of this row and the one above do not go together"};
        }
        at += rows.size();
    }
    return out;
}

ModulusFinding check(const ModulusTables& tables, const BankAccount& account) {
    const auto rows = tables.rows_for(account.sort_code());
    if (rows.empty()) return {};
    const auto text = account.sort_code() + account.number();
    Digits digits{};
    std::transform(text.begin(), text.end(), digits.begin(), [](char digit) { return digit - '0'; });
    const bool one_is_enough = pairing_of(rows)->one_is_enough;
    ModulusFinding out;
    const auto decided = [&](const ModulusRow& row, const Digits& weighed) {
        out.steps.push_back(weigh(tables, row, weighed));
        const auto outcome = out.steps.back().outcome;
        if (outcome == ModulusOutcome::not_made) return false;
        const bool passed = outcome == ModulusOutcome::passed;
        out.verdict = passed ? ModulusVerdict::possible : ModulusVerdict::impossible;
        return passed == one_is_enough;
    };
    for (const auto& row : rows) {
        if (decided(row, digits)) break;
        const auto again = row.exception == 14 ? without_last(digits) : std::nullopt;
        if (again && decided(row, *again)) break;
    }
    return out;
}

std::string explain(const ModulusFinding& finding) {
    std::string out{verdicts[static_cast<std::size_t>(finding.verdict)]};
    for (const auto& step : finding.steps) {
        out += " Line " + std::to_string(step.line) + ", " + std::string{name_of(step.method)} + ": ";
        out += outcomes[static_cast<std::size_t>(step.outcome)];
        const auto& says = exceptions[static_cast<std::size_t>(step.exception)].says;
        if (!says.empty()) out += " (exception " + std::to_string(step.exception) + ": " + std::string{says} + ")";
        out += ".";
    }
    return out;
}

}  // namespace tideover
