// node tests/arrow-rows.js STREAM JSON: reads an Arrow IPC stream with Arrow's own JavaScript, batch by batch, and compares
// each row with its line of JSON. Written for the columns of tests/arrow-rows.
const fs = require("fs");
const readline = require("readline");
const { RecordBatchReader } = require("apache-arrow");

const number = (value) => (value === null ? null : Number(value));

// Four words of 32 bits, the least first.
function decimal(words, scale) {
    let value = 0n;
    for (let i = 3; i >= 0; i--) {
        value = (value << 32n) | BigInt(words[i]);
    }
    const digits = BigInt.asIntN(128, value).toString().padStart(scale + 1, "0");
    return digits.slice(0, -scale) + "." + digits.slice(-scale);
}

function row(batch, columns, i) {
    const value = {};
    for (const [name, vector, type] of columns) {
        const given = vector.get(i);
        if (name === "amount") {
            value[name] = decimal(given, type.scale);
        } else if (name === "ts") {
            value[name] = new Date(given).toISOString().replace("Z", "000");
        } else if (name === "a") {
            value[name] = Array.from(given, number);
        } else if (name === "r") {
            const fields = given.toJSON();
            for (const field of Object.keys(fields)) {
                fields[field] = typeof fields[field] === "bigint" ? Number(fields[field]) : fields[field];
            }
            value[name] = fields;
        } else {
            value[name] = typeof given === "bigint" ? Number(given) : given;
        }
    }
    return value;
}

async function main([stream, json]) {
    const lines = readline.createInterface({ input: fs.createReadStream(json), crlfDelay: Infinity })[Symbol.asyncIterator]();
    const reader = await RecordBatchReader.from(fs.createReadStream(stream));
    let rows = 0;
    let batches = 0;
    for await (const batch of reader) {
        batches++;
        const columns = batch.schema.fields.map((field, at) => [field.name, batch.getChildAt(at), field.type]);
        for (let i = 0; i < batch.numRows; i++) {
            const line = await lines.next();
            const expected = line.done ? "no more rows" : JSON.stringify(JSON.parse(line.value));
            const read = JSON.stringify(row(batch, columns, i));
            if (read !== expected) {
                throw new Error(`row ${rows}: as JSON ${expected}, as Arrow ${read}`);
            }
            rows++;
        }
    }
    if (!(await lines.next()).done) {
        throw new Error(`the stream ends after ${rows} rows, the JSON does not`);
    }
    console.log(`Arrow for JavaScript: ${rows} rows in ${batches} batches, each as in JSON`);
}

main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exit(1);
});
