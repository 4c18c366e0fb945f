package io.millrace.functions;

/**
 * A call and what it gives.
 *
 * @param sql an expression, or a query of one row and column
 * @param result the value cast to STRING; {@code NULL} for null
 */
public record FunctionExample(String sql, String result) {

    private static final String ARROW = " => ";

    /** Reads {@code sql => result}. */
    public static FunctionExample of(String text) {
        int arrow = text.lastIndexOf(ARROW);
        if (arrow < 1) {
            throw new IllegalArgumentException("no 'call => value': " + text);
        }
        return new FunctionExample(
                text.substring(0, arrow), text.substring(arrow + ARROW.length()));
    }

    /** The example as one expression: a query stands in parentheses. */
    public String expression() {
        return "(" + sql + ")";
    }

    @Override
    public String toString() {
        return sql + ARROW + result;
    }
}
